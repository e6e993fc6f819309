using System.Globalization;
using System.Net.Sockets;

namespace EtlWarehouse.App.Postgres;

/// <summary>What a running server says about itself in <c>postmaster.pid</c>.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, bool IsReady)
{
    /// <returns>null where the file is absent or still being written.</returns>
    public static PostmasterFile? Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        // pid, data directory, start time, port, first socket folder, first address, shared memory, status
        return lines.Length >= 5
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new PostmasterFile(process, port, lines[4], lines.Length >= 8 && lines[7].Trim() == "ready")
            : null;
    }

    /// <summary>The file outlives a killed server; only an answer on the socket proves that one runs.</summary>
    public bool Answers()
    {
        var socketFile = SocketPath.In(SocketFolder, Port);
        if (!IsReady || !File.Exists(socketFile))
            return false;

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketFile));
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            return false;
        }
    }

    /// <summary>Whether the process id belongs to a PostgreSQL server now; after a restart of the machine it may be anybody's.</summary>
    public bool IsPostgres()
    {
        var name = $"/proc/{ProcessId}/comm";
        return File.Exists(name) && File.ReadAllText(name).Trim() == "postgres";
    }
}
