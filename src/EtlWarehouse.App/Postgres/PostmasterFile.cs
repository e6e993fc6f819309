using System.Globalization;
using System.Net.Sockets;

namespace EtlWarehouse.App.Postgres;

/// <summary>What a running server says about itself in <c>postmaster.pid</c>.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, bool IsReady)
{
    /// <returns>null where the file is absent, still being written, or in another user's folder.</returns>
    public static PostmasterFile? Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
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

    /// <summary>Asks for encryption, which every server answers with one letter before it asks who is there.</summary>
    private static readonly byte[] EncryptionRequest = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    /// <summary>The file outlives a killed server; only an answer on the socket proves that one runs.</summary>
    public bool Answers()
    {
        var socketFile = SocketPath.In(SocketFolder, Port);
        if (!IsReady || !File.Exists(socketFile))
            return false;

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketFile));
            socket.Send(EncryptionRequest);
            return socket.Receive(new byte[1]) == 1;
        }
        catch (SocketException gone) when (gone.SocketErrorCode is not SocketError.AccessDenied)
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
