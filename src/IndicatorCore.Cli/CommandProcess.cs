using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.Cli.Output;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Cli;

/// <summary>Runs a command in this process: its streams, its variables, its signals.</summary>
internal static class CommandProcess
{
    /// <summary>Runs the command line and returns its exit code.</summary>
    public static int Run(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = !interrupted.IsCancellationRequested;   // a second signal ends the process at once
            interrupted.Cancel();
        }

        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var error = new StreamWriter(new MessageStream(IsClosed(2) ? Stream.Null : Console.OpenStandardError()), encoding, bufferSize: 256) { AutoFlush = true };
        using var output = OpenOutput();
        var context = new CommandContext
        {
            StandardInput = IsClosed(0) ? Stream.Null : Console.OpenStandardInput(),
            StandardOutput = output,
            StandardError = error,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Variables = Variables(),
            OutputWidth = Width(Console.IsOutputRedirected),
            ErrorWidth = Width(Console.IsErrorRedirected),
        };
        return IndicatorsCommand.InvokeAsync(args, context, interrupted.Token).GetAwaiter().GetResult();
    }

    /// <summary>
    /// The console's own stream swallows broken pipes, so a pipe is opened as a file; anything with a position is not, because
    /// a file stream writes at positions of its own and would overwrite what others append.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (IsClosed(1))
        {
            return new ClosedOutputStream();
        }

        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>
    /// Whether a standard stream was closed before the process began. Its number then belongs to something of the runtime's own, a pipe that
    /// never ends perhaps; what was inherited never carries the mark "close on exec".
    /// </summary>
    private static bool IsClosed(int descriptor)
    {
        const int CloseOnExec = 0x80000;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // by hand: reading lines, and what finds one among them, costs a twentieth of a short run
            using var file = File.OpenHandle($"/proc/self/fdinfo/{descriptor}");
            Span<byte> text = stackalloc byte[512];
            text = text[..RandomAccess.Read(file, text, fileOffset: 0)];
            var at = text.IndexOf("flags:"u8);
            var flags = 0;
            for (at += 6; at >= 6 && at < text.Length && text[at] != '\n'; at++)
            {
                flags = text[at] is >= (byte)'0' and <= (byte)'7' ? (flags << 3) | (text[at] - '0') : flags;
            }

            return (flags & CloseOnExec) != 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? Width(bool isRedirected)
    {
        if (isRedirected)
        {
            return null;
        }

        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return variables;
    }
}
