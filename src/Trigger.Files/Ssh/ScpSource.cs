using System.Globalization;
using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>
/// The server's side of <c>scp -f</c>: every file is announced, sent when the client says yes, and followed by a word of its own. Pieces are read as the line takes them.
/// <code>
///   client  0     0      0           0
///   server    C…     (T…)   bytes 0     next, or the end
/// </code>
/// </summary>
internal sealed class ScpSource(ScpCall call, FileTalkSetup setup) : IFileTalk
{
    private const int Piece = 64 * 1024;

    private readonly Queue<string> names = new(call.Names);
    private readonly List<byte> refusal = [];
    private FileStream? file;
    private string name = "";
    private long left;
    private long given;
    private bool announcedTimes;
    private bool sending;
    private bool over;
    private int status;

    public void Begin()
    {
    }

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (over)
                return;
            if (refusal.Count > 0)
                Refused(one);
            else if (one is 1 or 2)
                refusal.Add(one);
            else if (one == 0 && !sending)
                Next();
        }
    }

    public void Drained()
    {
        if (!sending || over || file is null)
            return;

        var part = new byte[Math.Min(Piece, left)];
        int read;
        try
        {
            read = file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            read = 0;
        }

        if (read < part.Length)
        {
            // What was announced cannot be given: nothing but the end of the line tells the client so.
            Close("the file became shorter");
            Finish(1);
            return;
        }

        (left, given) = (left - read, given + read);
        if (read > 0)
            setup.Send(part);
        if (left > 0)
            return;

        setup.Send(new byte[] { 0 });
        Close(null);
    }

    public void Dispose()
    {
        over = true;
        Close("the client is gone");
    }

    private void Next()
    {
        if (file is not null)
        {
            // The client has agreed to what was announced.
            if (call.WithTimes && announcedTimes)
                AnnounceFile();
            else
                Give();
            return;
        }

        while (names.TryDequeue(out var wanted))
        {
            try
            {
                file = setup.Root.OpenRead(wanted);
                (name, left, given) = (wanted, file.Length, 0);
                if (call.WithTimes)
                    AnnounceTimes();
                else
                    AnnounceFile();
                return;
            }
            catch (FileRefusedException refused)
            {
                status = 1;
                setup.Tell(new TransferNews("scp", setup.Client, wanted, false, 0, refused.Message));
                setup.Send(ScpTalk.Complaint(wanted, refused.Message));
            }
        }

        Finish(status);
    }

    private void AnnounceTimes()
    {
        announcedTimes = true;
        var changed = setup.Root.Look(name).Changed.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        setup.Send(Encoding.ASCII.GetBytes($"T{changed} 0 {changed} 0\n"));
    }

    private void AnnounceFile()
    {
        announcedTimes = false;
        setup.Send(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"C0644 {left} {name.Split('/')[^1]}\n")));
    }

    private void Give()
    {
        sending = true;
        Drained();
    }

    private void Refused(byte one)
    {
        if (one != '\n' && refusal.Count < 512)
        {
            refusal.Add(one);
            return;
        }

        var fatal = refusal[0] == 2;
        status = 1;
        Close($"the client refused it: {ScpTalk.Printable(refusal.Skip(1))}");
        refusal.Clear();
        if (fatal)
            Finish(1);
        else
            Next();
    }

    private void Close(string? fault)
    {
        if (file is null)
            return;

        file.Dispose();
        (file, sending) = (null, false);
        setup.Tell(new TransferNews("scp", setup.Client, name, false, given, fault));
    }

    private void Finish(int end)
    {
        over = true;
        setup.End(end);
    }
}
