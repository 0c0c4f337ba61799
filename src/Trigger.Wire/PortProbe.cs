using System.Net.Sockets;
using System.Text;

namespace Trigger.Wire;

/// <summary>Connects to a port, hears what is said first, and hangs up. Nobody logs in.</summary>
public sealed class PortProbe(TimeProvider time)
{
    private const int LongestGreeting = 2048;

    /// <param name="wantsSsh">Whether an SSH server must be there: it says so first, unasked (RFC 4253 §4.2: in a line that begins with SSH-, and others may come before it).</param>
    /// <param name="patience">For all of it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public async Task<PortAnswer> Ask(string host, int port, bool wantsSsh, TimeSpan patience, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        using var overdue = new CancellationTokenSource(patience, time);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel, overdue.Token);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, soon.Token).ConfigureAwait(false);
            var greeting = wantsSsh ? await Greeting(client.GetStream(), soon.Token).ConfigureAwait(false) : "";
            return Answer(greeting, wantsSsh && greeting.Length == 0 ? "it takes the connection and is no SSH server" : null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Answer("", $"no answer within {patience.TotalSeconds:0.###} s");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return Answer("", failure.Message);
        }

        PortAnswer Answer(string greeting, string? fault) => new(greeting, fault, time.GetElapsedTime(began));
    }

    private static async Task<string> Greeting(NetworkStream stream, CancellationToken cancel)
    {
        var buffer = new byte[LongestGreeting];
        var filled = 0;
        while (filled < buffer.Length && await stream.ReadAsync(buffer.AsMemory(filled), cancel).ConfigureAwait(false) is > 0 and var read)
        {
            filled += read;
            var lines = Encoding.ASCII.GetString(buffer, 0, filled).Split('\n');
            if (lines.SkipLast(1).FirstOrDefault(text => text.StartsWith("SSH-", StringComparison.Ordinal)) is { } found)
                return new string([.. found.Where(c => !char.IsControl(c))]);
        }

        return "";
    }
}
