using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>
/// The one place where a program of the system is started. It gets a file that we wrote, a folder of its own, limits on
/// time, memory and output, no proxy settings, and no network where the kernel allows to take it away.
/// </summary>
internal sealed class ExternalTool : IDisposable
{
    private const long MostBytesInMemory = 2L << 30;

    private const int LongestComplaint = 500;

    private static readonly Lazy<string[]> NoNetwork = new(FindIsolation);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("etl-document-");

    /// <param name="content">Written to a file in a new private folder; every run reads that file.</param>
    public ExternalTool(ReadOnlySpan<byte> content, string fileName)
    {
        Input = Path.Combine(folder.FullName, fileName);
        File.WriteAllBytes(Input, content);
    }

    public string Input { get; }

    public string Folder => folder.FullName;

    /// <summary>Runs a program and hands its output to <paramref name="read"/> as it comes.</summary>
    /// <param name="package">The Debian package that has the command.</param>
    /// <param name="mostOutput">Bytes.</param>
    /// <returns>What was read, and the program's first complaint; null where it ended well.</returns>
    /// <exception cref="DocumentRefusedException">The program is missing, too slow, or says too much.</exception>
    public (T Result, string? Complaint) Run<T>(
        string command, string package, IEnumerable<string> arguments, TimeSpan limit, long mostOutput, Func<Stream, T> read)
    {
        var program = Find(command) ?? throw new DocumentRefusedException("document.tool_missing",
            $"expected the program {command} to read this format, found none; install the Debian package {package}");
        var prlimit = Find("prlimit") ?? throw new DocumentRefusedException("document.tool_missing",
            "expected the program prlimit to bound what reads documents, found none; install the Debian package util-linux");
        var setsid = Find("setsid") ?? throw new DocumentRefusedException("document.tool_missing",
            "expected the program setsid to end what reads documents, found none; install the Debian package util-linux");
        // A session of its own is also a process group of its own, whose number is the program's.
        var start = new ProcessStartInfo(setsid)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Folder,
            StandardErrorEncoding = Encoding.UTF8,
        };
        string[] limits =
        [
            string.Create(CultureInfo.InvariantCulture, $"--as={MostBytesInMemory}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={(int)limit.TotalSeconds + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"--fsize={mostOutput}"),
            "--core=0",
        ];
        foreach (var argument in limits.Prepend(prlimit).Concat(NoNetwork.Value).Append(program).Concat(arguments))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = start.Environment["TMPDIR"] = Folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["OMP_THREAD_LIMIT"] = "1";

        using var process = Process.Start(start)!;
        using var watch = new Watch(process, limit);
        var complaint = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && complaint.Length < LongestComplaint)
                complaint.Append(complaint.Length > 0 ? "; " : "").Append(line.Data);
        };
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            using var output = new BoundedStream(process.StandardOutput.BaseStream, mostOutput, command);
            var result = read(output);
            output.CopyTo(Stream.Null);
            process.WaitForExit();
            if (watch.HasEnded)
                throw new DocumentRefusedException("document.too_slow", $"expected {command} to end within {limit.TotalSeconds} s, found it still at work");
            return (result, process.ExitCode == 0 ? null : Cut(complaint, process.ExitCode));
        }
        finally
        {
            Watch.Kill(process);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Cut(StringBuilder complaint, int exitCode)
    {
        var text = complaint.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}") : complaint.ToString();
        return text.Length <= LongestComplaint ? text : text[..LongestComplaint];
    }

    private static string? Find(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/bin"])
            .Select(path => Path.Combine(path, command))
            .FirstOrDefault(File.Exists);

    /// <summary>A network name space of its own is free of charge, but some containers forbid it.</summary>
    private static string[] FindIsolation()
    {
        if (Find("unshare") is not { } unshare)
            return [];
        string[] isolated = [unshare, "--map-root-user", "--net", "--"];
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(unshare, [.. isolated.Skip(1), "/bin/true"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return trial.WaitForExit(TimeSpan.FromSeconds(5)) && trial.ExitCode == 0 ? isolated : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    /// <summary>To the process group of that number where it is negative.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    /// <summary>Ends the program and its children when its time is over.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly Timer timer;

        public Watch(Process process, TimeSpan limit)
        {
            timer = new Timer(_ =>
            {
                HasEnded = true;
                Kill(process);
            }, null, limit, Timeout.InfiniteTimeSpan);
        }

        public bool HasEnded { get; private set; }

        /// <summary>Ends the program and whatever it started, also what outlived it.</summary>
        public static void Kill(Process process)
        {
            const int KillSignal = 9;
            _ = SendSignal(-process.Id, KillSignal);
        }

        public void Dispose()
        {
            using var stopped = new ManualResetEvent(false);
            if (timer.Dispose(stopped))
                stopped.WaitOne();
        }
    }
}
