using System.Text.RegularExpressions;

namespace IndicatorCore.Tests.Architecture;

/// <summary>The arrows of docs/ARCHITECTURE.md, held against the code.</summary>
public sealed partial class LayeringTests
{
    /// <summary>What the files of a folder of src/IndicatorCore may name, besides their own folder and those above it.</summary>
    private static readonly Dictionary<string, string[]> s_arrows = new(StringComparer.Ordinal)
    {
        ["Errors"] = [],
        ["Memory"] = ["Errors"],
        ["Spilling"] = ["Errors"],
        ["Columns"] = ["Memory", "Errors"],
        ["Compression"] = ["Errors"],
        ["Ipc"] = ["Compression", "Columns", "Memory", "Errors"],
        ["CData"] = ["Columns", "Memory", "Errors"],
        ["Kernels"] = ["Columns", "Memory", "Errors"],
        ["Aggregation"] = ["Aggregation/Fold", "Kernels", "Memory", "Errors"],
        ["Aggregation/Fold"] = ["Kernels", "Memory"],
        ["Aggregation/Exact"] = ["Errors"],
        ["Aggregation/Ordered"] = ["Aggregation", "Aggregation/Exact", "Spilling"],
        ["Registry"] = ["Errors"],
        ["Sources"] = ["Errors"],
        ["Indicators"] =
        [
            "Ipc", "Columns", "Aggregation", "Aggregation/Fold", "Registry", "Sources", "Spilling", "Errors",
            "Indicators/Binding", "Indicators/State", "Indicators/State/Rows", "Indicators/StateFiles", "Indicators/Reading", "Indicators/Reading/Checkpoints",
            "Indicators/Reporting", "Indicators/Definitions", "Indicators/UserDefined",
        ],
        ["Indicators/UserDefined"] = ["Aggregation", "Aggregation/Exact", "Errors", "Sources"],
        ["Indicators/Binding"] = ["Indicators/UserDefined", "Aggregation", "Aggregation/Fold", "Columns", "Errors", "Ipc", "Kernels", "Sources"],
        ["Indicators/State/Rows"] = ["Indicators/UserDefined", "Indicators/Binding", "Aggregation", "Aggregation/Fold", "Sources", "Spilling", "Errors"],
        ["Indicators/State"] = ["Indicators/State/Rows", "Indicators/UserDefined", "Indicators/Binding", "Aggregation", "Aggregation/Ordered", "Aggregation/Fold", "Columns", "Errors", "Kernels", "Sources"],
        ["Indicators/StateFiles"] = ["Indicators/UserDefined", "Indicators/State", "Indicators/State/Rows", "Aggregation", "Aggregation/Ordered", "Columns", "Ipc", "Errors", "Sources"],
        ["Indicators/Reading"] =
            ["Indicators/State", "Indicators/Binding", "Indicators/Reading/Checkpoints", "Aggregation", "Aggregation/Fold", "Columns", "Ipc", "Errors"],
        ["Indicators/Reading/Checkpoints"] = ["Indicators/State", "Indicators/StateFiles", "Aggregation", "Errors"],
        ["Indicators/Reporting"] = ["Indicators/State", "Aggregation", "Errors", "Registry", "Sources"],
        ["Indicators/Phases"] = ["Aggregation/Exact"],
        ["Indicators/Declared"] = ["Aggregation/Exact", "Errors", "Registry"],
        ["Indicators/Definitions"] =
            ["Indicators/UserDefined", "Indicators/State", "Indicators/Reporting", "Indicators/Phases", "Indicators/Binding", "Aggregation", "Aggregation/Ordered", "Aggregation/Exact", "Kernels", "Registry", "Sources"],
    };

    /// <summary>What the other projects may name of the library.</summary>
    private static readonly Dictionary<string, string[]> s_projects = new(StringComparer.Ordinal)
    {
        ["IndicatorCore.Adapters"] = ["Columns", "Errors", "Indicators", "Indicators/Declared", "Ipc", "Registry", "Sources"],

        // its answers owe nothing to the engine (docs/adr/0006): the Arrow writer alone
        ["IndicatorCore.Generation"] = ["Columns", "Ipc"],
        ["IndicatorCore.Programmes"] = ["Errors", "Indicators", "Indicators/Declared", "Registry", "Sources"],
        ["IndicatorCore.Html"] = ["Indicators", "Indicators/Declared"],
        ["IndicatorCore.Office"] = ["Errors", "Indicators", "Sources"],
        ["IndicatorCore.Portal"] = ["Columns", "Errors", "Indicators", "Indicators/Declared", "Indicators/Reading", "Indicators/Reading/Checkpoints", "Ipc", "Registry", "Sources"],
        ["IndicatorCore.PostgreSql"] = ["Indicators"],
        ["IndicatorCore.Cli"] = ["Columns", "Errors", "Indicators", "Indicators/Binding", "Indicators/Declared", "Indicators/Reading", "Ipc", "Registry", "Sources"],
    };

    /// <summary>What the folders of the portal may name of each other, as docs/PORTAL.md has it.</summary>
    private static readonly Dictionary<string, string[]> s_portal = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Computing"] = ["Storage"],
        ["Access"] = ["Storage"],
        ["Monitoring"] = ["Storage", "Computing"],
        ["Serving"] = ["Storage", "Computing", "Access", "Monitoring"],
    };

    /// <summary>Where memory safety is the file's own duty, and why.</summary>
    private static readonly Dictionary<string, string> s_unsafe = new(StringComparer.Ordinal)
    {
        ["IndicatorCore.Html/HtmlReport.cs"] = "unsafe-inline: a word of the page's policy, no code",
        ["IndicatorCore/CData/ArrowArray.cs"] = "unsafe: the C struct",
        ["IndicatorCore/CData/ArrowArrayStream.cs"] = "unsafe: the C struct",
        ["IndicatorCore/CData/ArrowSchema.cs"] = "unsafe: the C struct",
        ["IndicatorCore/CData/CArrayExporter.cs"] = "unsafe: addresses of structs come in",
        ["IndicatorCore/CData/CArrayImport.cs"] = "unsafe: addresses of structs come in",
        ["IndicatorCore/CData/CStreamExporter.cs"] = "unsafe: addresses of structs come in",
        ["IndicatorCore/CData/CStreamReader.cs"] = "unsafe: addresses of structs come in",
        ["IndicatorCore/CData/CText.cs"] = "unsafe: texts that end with a null",
        ["IndicatorCore/CData/ColumnImport.cs"] = "unsafe: the buffers' addresses, by lengths that the producer states",
        ["IndicatorCore/CData/ExportBlock.cs"] = "unsafe, NativeMemory: the structs that are handed out",
        ["IndicatorCore/CData/ExportedArray.cs"] = "unsafe, NativeMemory: callbacks that free what was handed out",
        ["IndicatorCore/CData/ExportedSchema.cs"] = "unsafe, NativeMemory: callbacks that free what was handed out",
        ["IndicatorCore/CData/ExportedStream.cs"] = "unsafe, Marshal: callbacks, and the text of an error",
        ["IndicatorCore/CData/ForeignBatch.cs"] = "unsafe: calls the release callback",
        ["IndicatorCore/CData/ForeignMemory.cs"] = "unsafe: a span over memory of a producer",
        ["IndicatorCore/CData/ForeignStream.cs"] = "unsafe, NativeMemory: calls the stream's callbacks",
        ["IndicatorCore/CData/ForeignTable.cs"] = "unsafe: the address of a schema",
        ["IndicatorCore/CData/SchemaImport.cs"] = "unsafe: walks the schema's structs",
        ["IndicatorCore/CData/SchemaMetadata.cs"] = "unsafe: metadata carry no size of their own",
        ["IndicatorCore/Compression/Lz4BlockDecoder.cs"] = "unsafe: pins both spans",
        ["IndicatorCore/Compression/Lz4BlockEncoder.cs"] = "unsafe, Unsafe, SkipLocalsInit: wide compares and copies where room is proven",
        ["IndicatorCore/Compression/Lz4Copy.cs"] = "unsafe: wild copies where the caller has proven room",
        ["IndicatorCore/Compression/Lz4Cursor.cs"] = "unsafe: addresses in the pinned spans",
        ["IndicatorCore/Compression/Lz4FastLoop.cs"] = "unsafe: wild copies where room is proven",
        ["IndicatorCore/Compression/Lz4NearLoop.cs"] = "unsafe: copies, each checked",
        ["IndicatorCore/Ipc/FileStatus.cs"] = "Marshal: the error number of statx, which the base library does not offer",
        ["IndicatorCore/Aggregation/SlotStore.cs"] = "Unsafe: the size of generic structs, for the memory budget",
        ["IndicatorCore/Memory/AlignedLongs.cs"] = "Marshal: the address of a pinned array, to align by",
        ["IndicatorCore/Kernels/BitmapKernel.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Kernels/Block128.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/Block256.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/Block512.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/ExtentKernel.cs"] = "Unsafe: loads end with the span",
        ["IndicatorCore/Kernels/FixedPointLanes.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Kernels/FoldKernel.cs"] = "unsafe, Unsafe: prefetch; places are checked at entry",
        ["IndicatorCore/Kernels/InstantKernel.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Kernels/Lanes128.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/Lanes256.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/Lanes512.cs"] = "Unsafe: a vector at a place that has as many values",
        ["IndicatorCore/Kernels/PaneKernel.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Kernels/RangeKernel.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Kernels/ReduceKernel.cs"] = "Unsafe: ends of runs are checked against the values",
        ["IndicatorCore/Kernels/RunKernel.cs"] = "Unsafe: spans are cut to the rows at entry",
        ["IndicatorCore/Memory/BufferArena.cs"] = "Marshal: the address of a pinned array, to align by",
        ["IndicatorCore/Memory/GrowingBuffer.cs"] = "Marshal: the address of a pinned array, to align by",
    };

    private static readonly HashSet<string> s_layers = [.. s_arrows.Keys];

    public static TheoryData<string> Folders() => [.. s_arrows.Keys];

    public static TheoryData<string> Projects() => [.. s_projects.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Arrows_of_a_folder_point_down(string folder) => Assert.Empty(
        from file in SourceFile.All
        where file.Project == "IndicatorCore" && file.Folder == folder
        from named in LayersNamed(file)
        where named != folder && !folder.StartsWith(named + "/", StringComparison.Ordinal) && !s_arrows[folder].Contains(named)
        select $"{file} names {named}");

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_its_layers(string project) => Assert.Empty(
        from file in SourceFile.All
        where file.Project == project
        from named in LayersNamed(file)
        where !s_projects[project].Contains(named)
        select $"{file} names {named}");

    [Fact]
    public void The_folders_of_the_portal_name_only_those_below() => Assert.Empty(
        from file in SourceFile.All
        where file.Project == "IndicatorCore.Portal"
        let folder = file.Folder.Split('/')[0]
        from Match match in PortalName().Matches(file.Code)
        let named = match.Groups[1].Value
        where named != folder && !s_portal[folder].Contains(named)
        select $"{file} names {named}");

    [Fact]
    public void Every_folder_has_its_arrows() =>
        Assert.Equal(
            s_layers.Order(StringComparer.Ordinal),
            SourceFile.All.Where(static file => file.Project == "IndicatorCore").Select(static file => file.Folder).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_has_no_circle_between_folders_that_do_not_contain_each_other()
    {
        foreach (var start in s_layers)
        {
            var reached = new HashSet<string>();
            var open = new Stack<string>(s_arrows[start]);
            while (open.TryPop(out var at))
            {
                Assert.True(at != start, $"{start} reaches itself");
                if (reached.Add(at))
                {
                    Array.ForEach(s_arrows[at], open.Push);
                }
            }
        }
    }

    [Fact]
    public void No_own_namespace_is_a_global_using() =>
        Assert.DoesNotContain(SourceFile.All, static file => GlobalUsing().IsMatch(file.Code));

    [Fact]
    public void Namespaces_are_folders() => Assert.Empty(
        from file in SourceFile.All
        let declared = Namespace().Match(file.Code)
        where declared.Success
        let expected = file.Folder.Length == 0 ? file.Project : $"{file.Project}.{file.Folder.Replace('/', '.')}"
        where declared.Groups[1].Value != expected
        select $"{file} is in namespace {declared.Groups[1].Value}");

    [Fact]
    public void Unsafe_code_stands_where_it_is_listed() =>
        Assert.Equal(
            s_unsafe.Keys.Order(StringComparer.Ordinal),
            SourceFile.All.Where(static file => Unsafe().IsMatch(file.Code)).Select(static file => file.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void A_file_holds_the_type_that_it_is_named_for() => Assert.Empty(
        from file in SourceFile.All
        where file.Name is not ("Program.cs" or "AssemblyInfo.cs")
        let types = TopLevelType().Matches(file.Code).Select(static match => match.Groups["name"].Value).ToList()
        where types is not [var only] || only + ".cs" != file.Name
        select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing() => Assert.Empty(
        from file in SourceFile.All
        from Match match in AnyType().Matches(file.Code)
        where Empty().IsMatch(match.Groups["name"].Value)
        select $"{file} holds {match.Groups["name"].Value}");

    private static IEnumerable<string> LayersNamed(SourceFile file)
    {
        var full = FullName().Matches(file.Code).Select(static match => Layer(match.Groups[1].Value));
        var relative = file.Project != "IndicatorCore" ? [] : RelativeName().Matches(file.Code)
            .Where(match => SourceFile.All.Any(target => target.Project == "IndicatorCore"
                && target.Folder == match.Groups[1].Value && target.Name == match.Groups[2].Value + ".cs"))
            .Select(static match => match.Groups[1].Value);
        return full.Concat(relative).OfType<string>().Distinct();
    }

    // the deepest folder that a dotted name begins with; none for names of other projects
    private static string? Layer(string dotted)
    {
        for (var name = dotted.Replace('.', '/'); name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('/'))])
        {
            if (s_layers.Contains(name))
            {
                return name;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\bIndicatorCore\.([A-Z]\w*(?:\.[A-Z]\w*)*)", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![.\w?])([A-Z]\w*)\.([A-Z]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex RelativeName();

    [GeneratedRegex(@"\bIndicatorCore\.Portal\.([A-Z]\w*)(?=[.;])", RegexOptions.CultureInvariant)]
    private static partial Regex PortalName();

    [GeneratedRegex(@"\bglobal\s+using\s+(static\s+)?IndicatorCore\b", RegexOptions.CultureInvariant)]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"\bunsafe\b|\bUnsafe\.|\bMarshal\.|\bNativeMemory\.|\bSkipLocalsInit\b|\b(Load|Store)Unsafe\b"
        + @"|MemoryMarshal\.(GetReference|GetArrayDataReference|CreateSpan|CreateReadOnlySpan|AsRef)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe) )*(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>?\[\], ]+?) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record) (?<name>[A-Z]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyType();

    [GeneratedRegex("(Helper|Helpers|Utils|Utility|Utilities|Manager|Base|Impl)$", RegexOptions.CultureInvariant)]
    private static partial Regex Empty();
}
