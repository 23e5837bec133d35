using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Tests.Access;

public sealed class GrantTests
{
    [Theory]
    [InlineData("read all", GrantKind.Read, PlaceKind.All, "")]
    [InlineData("upload:all", GrantKind.Upload, PlaceKind.All, "")]
    [InlineData("read:province:辽宁", GrantKind.Read, PlaceKind.Province, "辽宁")]
    [InlineData("read city:大连", GrantKind.Read, PlaceKind.City, "大连")]
    [InlineData("read:factory:a:b c", GrantKind.Read, PlaceKind.Factory, "a:b c")]
    public void A_grant_is_read_from_its_text_and_written_back(string text, GrantKind kind, PlaceKind place, string value)
    {
        Assert.True(Grant.TryParse(text, out var grant));
        Assert.Equal(new Grant(new PlaceScope(place, value), kind), grant);
        Assert.True(Grant.TryParse(grant.ToString(), out var again));
        Assert.Equal(grant, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("read")]
    [InlineData("read:")]
    [InlineData("read:city:")]
    [InlineData("read:everything")]
    [InlineData("READ:all")]
    [InlineData("admin:all")]
    [InlineData("read:all:x")]
    [InlineData(" read all")]
    public void What_is_no_grant_grants_nothing(string? text) => Assert.False(Grant.TryParse(text, out _));
}
