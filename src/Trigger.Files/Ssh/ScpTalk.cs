using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>SCP, as devices and <c>scp -O</c> speak it: the remote half of the program, at the other end of a command.</summary>
public static class ScpTalk
{
    /// <summary>The talk that a command asks for; null when it is none that is served.</summary>
    public static IFileTalk? For(string command, FileTalkSetup setup) =>
        ScpCall.Parse(command) is not { } call ? null : call.Gives ? new ScpSource(call, setup) : new ScpSink(call, setup);

    internal static byte[] Complaint(string name, string why, bool fatal = false) => [(byte)(fatal ? 2 : 1), .. Encoding.UTF8.GetBytes($"scp: {name}: {why}\n")];

    internal static string Printable(IEnumerable<byte> bytes) => new([.. Encoding.UTF8.GetString([.. bytes]).Take(200).Select(c => char.IsControl(c) ? '?' : c)]);
}
