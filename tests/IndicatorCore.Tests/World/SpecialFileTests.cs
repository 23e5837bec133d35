using System.Net.Sockets;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Paths that lead to something else than a file with bytes.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("/dev/null", 3, "The input is empty, not an Arrow stream (/dev/null")]
    [InlineData("/dev/zero", 3, "The Arrow stream ends before its schema (/dev/zero")]
    [InlineData("empty.arrow", 3, "This is not an Arrow file but empty (empty.arrow")]
    [InlineData("folder", 6, "The directory 'folder' holds no export")]
    [InlineData("folder.arrow", 6, "The directory 'folder.arrow' holds no export")]
    [InlineData("nowhere.arrow", 6, "'nowhere.arrow' is a link to 'missing', which leads nowhere")]
    [InlineData("circle.arrow", 6, "'circle.arrow' is a link to 'elcric.arrow', which leads nowhere")]
    [InlineData("missing.arrow", 6, "'missing.arrow' does not exist")]
    [InlineData("file.arrow/inside", 6, "'file.arrow/inside' does not exist")]
    [InlineData("socket.arrow", 6, "'socket.arrow' is a socket, which cannot be read by its path; give a file or a pipe")]
    [InlineData("*.nothing", 6, "No file matches '*.nothing'")]
    public async Task What_holds_no_export_is_told_as_what_it_is(string path, int code, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "This needs Linux.");
        using var command = new CommandRun { UsesRealEngine = true };
        var before = Directory.GetCurrentDirectory();
        command.Write("empty.arrow", string.Empty);
        command.Write("file.arrow", "text");
        Directory.CreateDirectory(Path.Combine(command.Folder, "folder"));
        Directory.CreateDirectory(Path.Combine(command.Folder, "folder.arrow"));
        File.CreateSymbolicLink(Path.Combine(command.Folder, "nowhere.arrow"), "missing");
        File.CreateSymbolicLink(Path.Combine(command.Folder, "circle.arrow"), "elcric.arrow");
        File.CreateSymbolicLink(Path.Combine(command.Folder, "elcric.arrow"), "circle.arrow");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(command.Folder, "socket.arrow")));
        foreach (var verb in new[] { "run", "inspect", "cat" })
        {
            Assert.Equal(code, await command.InvokeAsync(verb, Path.Combine(command.Folder, path)).WaitAsync(TimeSpan.FromSeconds(20)));
            Assert.Empty(command.Out);
            Assert.StartsWith("error: ", command.Error, StringComparison.Ordinal);
            Assert.Contains(message, command.Error.Replace(command.Folder + "/", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Equal(before, Directory.GetCurrentDirectory());
    }

    [SkippableFact]
    public async Task In_a_directory_a_broken_link_fails_and_what_is_no_file_is_passed_over()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow", batches: 4);
        Assert.Equal(0, Child.Run(_folder.Path, "mkfifo pipe.arrow").Code);
        File.CreateSymbolicLink(_folder.File("null.arrow"), "/dev/null");
        Directory.CreateDirectory(_folder.File("folder.arrow"));
        Assert.Equal([_folder.File("energy.arrow")], ExportFiles.Expand([_folder.Path]));
        Assert.Equal([_folder.File("energy.arrow")], ExportFiles.Expand([_folder.File("*.arrow")]));
        await using (var engine = new IndicatorEngine(Reports.NoFloor))
        {
            await engine.ReadAsync(_folder.Path).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(10, engine.Finish().Row(SmallExport.Indicator).Value);
        }

        File.CreateSymbolicLink(_folder.File("broken.arrow"), "missing");
        Assert.Contains("leads nowhere", Assert.Throws<FileNotFoundException>(() => ExportFiles.Expand([_folder.Path])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ExportFiles.Expand([_folder.File("*.arrow")]));
    }

    [SkippableFact]
    public void A_named_pipe_is_read_as_a_stream_from_its_first_byte()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrows", batches: 4, format: IpcFormat.Stream);
        SmallExport.Write(_folder, "energy.arrow", batches: 4, kwh: 7);
        var (code, output, error) = Child.Run(_folder.Path, $"mkfifo pipe; cat energy.arrows > pipe & {SmallExport.Run} pipe");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("\"value\":10,", output, StringComparison.Ordinal);
        (code, output, error) = Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrow <(cat energy.arrows) --explain");
        Assert.Equal(0, code);
        Assert.Contains("\"value\":38,", output, StringComparison.Ordinal);
        Assert.Contains("a pipe or device, not looked at before it is read", error, StringComparison.Ordinal);
        Assert.Equal(0, Child.Run(_folder.Path, "cat energy.arrows | indicators cat /dev/stdin | grep -c 2.5").Code);
        Child.Fails(_folder.Path, 3, "Give it as a file, not through a pipe", $"{SmallExport.Run} <(cat energy.arrow)");
        Child.Fails(_folder.Path, 3, "ends", $"{SmallExport.Run} <(head -c 500 energy.arrows)");
    }

    [SkippableFact]
    public async Task A_pipe_whose_writer_never_comes_or_stalls_ends_with_its_caller()
    {
        Child.Require();
        Assert.Equal(0, Child.Run(_folder.Path, "mkfifo lonely pipe").Code);
        var pipe = _folder.File("lonely");
        await using (var engine = new IndicatorEngine(Reports.NoFloor))
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.ReadAsync(pipe, soon.Token).WaitAsync(TimeSpan.FromSeconds(20)));
        }

        // lets the thread go that still waits for a writer; a pipe opened both ways waits for nobody
        await using var late = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        pipe = _folder.File("pipe");
        await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        await writer.WriteAsync(SmallExport.Energy(format: IpcFormat.Stream).AsMemory(0, 300));
        await writer.FlushAsync();
        await using (var engine = new IndicatorEngine(Reports.NoFloor))
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.ReadAsync(pipe, soon.Token).WaitAsync(TimeSpan.FromSeconds(20)));
        }

        Assert.Contains("is a pipe, which cannot be read at chosen positions", Assert.Throws<IOException>(() => IpcFileReader.Open(pipe)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_permission_a_run_ends_with_6_and_says_so()
    {
        Child.Require();
        Child.RequireRoot();
        Skip.IfNot(File.Exists("/usr/bin/setpriv"), "There is no setpriv here.");
        SmallExport.Write(_folder, "energy.arrow");
        Directory.CreateDirectory(_folder.File("closed"));
        SmallExport.Write(_folder, "closed/energy.arrow");
        File.WriteAllText(_folder.File("s.json"), "{}");
        var unprivileged = $"setpriv --reuid 65534 --regid 65534 --clear-groups {Child.Command}";
        var (reached, _, _) = Child.Run(_folder.Path, $"chmod 711 . && {unprivileged} --version");
        Skip.IfNot(reached == 0, "The build cannot be reached without privileges here.");
        Child.Run(_folder.Path, "chmod 600 energy.arrow s.json; chmod 700 closed");
        Child.Fails(_folder.Path, 6, "energy.arrow' is denied; check the permissions", $"{unprivileged} run energy.arrow");
        Child.Fails(_folder.Path, 6, "is denied; check the permissions", $"{unprivileged} run closed/energy.arrow");
        Child.Fails(_folder.Path, 6, "is denied; check the permissions", $"{unprivileged} run closed");
        Child.Fails(_folder.Path, 6, "is denied; check the permissions", $"chmod 644 energy.arrow; {unprivileged} run energy.arrow --source s.json");
        Child.Fails(_folder.Path, 6, "is denied; check the permissions", $"{unprivileged} run energy.arrow --out r.txt");
        Assert.Equal(["closed", "energy.arrow", "s.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [SkippableFact]
    public void An_output_that_is_a_pipe_or_a_link_stays_one()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        var (code, output, error) = Child.Run(_folder.Path, $"mkfifo out; cat out & {SmallExport.Run} energy.arrow --out out && wait && test -p out");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("\"value\":10,", output, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("target.txt"), "old");
        File.CreateSymbolicLink(_folder.File("link.txt"), "target.txt");
        Assert.Equal(0, Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrow --out link.txt").Code);
        Assert.NotNull(new FileInfo(_folder.File("link.txt")).LinkTarget);
        Assert.Contains("\"value\":10,", File.ReadAllText(_folder.File("target.txt")), StringComparison.Ordinal);
    }
}
