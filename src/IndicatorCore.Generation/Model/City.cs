namespace IndicatorCore.Generation.Model;

/// <summary>One of Liaoning's fourteen cities with two of its districts.</summary>
internal sealed record City(string Name, string[] Districts, string Park, string Zone)
{
    public static IReadOnlyList<City> All { get; } =
    [
        new("沈阳", ["铁西区", "浑南区"], "沈阳经济技术开发区", "铁西先导区"),
        new("大连", ["金普新区", "甘井子区"], "大连金普新区产业园", "金普先导区"),
        new("鞍山", ["铁西区", "千山区"], "鞍山高新区", "鞍山先导区"),
        new("抚顺", ["东洲区", "望花区"], "抚顺高新区", ""),
        new("本溪", ["平山区", "明山区"], "本溪高新区", ""),
        new("丹东", ["振兴区", "振安区"], "丹东高新区", ""),
        new("锦州", ["太和区", "古塔区"], "锦州滨海新区", ""),
        new("营口", ["鲅鱼圈区", "老边区"], "营口经济技术开发区", "营口先导区"),
        new("阜新", ["海州区", "细河区"], "阜新高新区", ""),
        new("辽阳", ["宏伟区", "太子河区"], "辽阳高新区", ""),
        new("盘锦", ["双台子区", "兴隆台区"], "盘锦高新区", "盘锦先导区"),
        new("铁岭", ["银州区", "清河区"], "铁岭高新区", ""),
        new("朝阳", ["双塔区", "龙城区"], "朝阳高新区", ""),
        new("葫芦岛", ["连山区", "龙港区"], "葫芦岛高新区", ""),
    ];
}
