using System.Globalization;
using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>The server's side of <c>scp -t</c>: takes one file after the other, each whole or not at all. Directories are not taken.</summary>
internal sealed class ScpSink(ScpCall call, FileTalkSetup setup) : IFileTalk
{
    private const int LongestLine = 1024;

    private readonly List<byte> line = [];
    private FileUpload? file;
    private string name = "";
    private string? fault;
    private long left;
    private bool taking;
    private bool over;

    public void Begin() => Agree();

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        while (!over && bytes.Length > 0)
        {
            if (taking && left > 0)
            {
                var part = bytes[..(int)Math.Min(left, bytes.Length)];
                Take(part);
                bytes = bytes[part.Length..];
                left -= part.Length;
                continue;
            }

            var one = bytes[0];
            bytes = bytes[1..];
            if (taking && line.Count == 0 && one == 0)
                Close();
            else if (one == '\n')
                Heed();
            else if (line.Count < LongestLine)
                line.Add(one);
            else
                Finish(1);
        }
    }

    public void Drained()
    {
    }

    public void Dispose()
    {
        over = true;
        if (!taking)
            return;

        file?.Dispose();
        Tell(fault ?? "the client is gone");
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        try
        {
            file?.Write(part);
        }
        catch (FileRefusedException refused)
        {
            // The rest comes all the same, and is let go by.
            fault = refused.Message;
            file?.Dispose();
            file = null;
        }
    }

    // A line of the client's: what comes next, or that something went wrong there.
    private void Heed()
    {
        var text = Encoding.UTF8.GetString([.. line]);
        line.Clear();
        switch (text.Length == 0 ? '\0' : text[0])
        {
            case '\u0001' when taking:
                // It could not read all of the file; what came is filled up, and worth nothing.
                fault = $"the client could not give it: {ScpTalk.Printable(Encoding.UTF8.GetBytes(text).Skip(1))}";
                Close();
                break;
            case '\u0001':
                break; // One file less; the client says so to its own user.
            case '\u0002':
                Finish(1);
                break;
            case 'C' when !taking:
                Announced(text);
                break;
            case 'T' when !taking:
            case 'E' when !taking:
                Agree();
                break;
            case 'D':
                setup.Send(ScpTalk.Complaint(ScpTalk.Printable(Encoding.UTF8.GetBytes(text)), "directories are not taken", fatal: true));
                Finish(1);
                break;
            default:
                setup.Send(ScpTalk.Complaint("scp", "this is not the protocol", fatal: true));
                Finish(1);
                break;
        }
    }

    private void Announced(string text)
    {
        // "C0644 1234 name"
        var words = text.Split(' ', 3);
        if (words.Length < 3 || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || words[2].Length == 0 || words[2].Contains('/', StringComparison.Ordinal) || words[2][0] == '.')
        {
            setup.Send(ScpTalk.Complaint("scp", "this is no announcement of a file", fatal: true));
            Finish(1);
            return;
        }

        name = words[2];
        try
        {
            name = Place(words[2]);
            if (length > setup.Root.Largest)
                throw new FileRefusedException(FileFault.TooLarge, $"it has more than {setup.Root.Largest} bytes");
            (file, left, taking, fault) = (setup.Root.Create(name, replace: true), length, true, null);
            Agree();
        }
        catch (FileRefusedException refused)
        {
            setup.Tell(new TransferNews("scp", setup.Client, name, true, 0, refused.Message));
            setup.Send(ScpTalk.Complaint(name, refused.Message));
        }
    }

    // Into a directory that there is, else under the name that was asked for.
    private string Place(string announced)
    {
        var target = call.Names[0];
        try
        {
            return setup.Root.Look(target).IsDirectory ? $"{target}/{announced}" : target;
        }
        catch (FileRefusedException missing) when (missing.Fault == FileFault.NotFound)
        {
            return target.EndsWith('/') ? $"{target}{announced}" : target;
        }
    }

    private void Close()
    {
        var upload = file;
        (file, taking) = (null, false);
        using (upload)
        {
            try
            {
                if (fault is null)
                    upload!.Commit();
            }
            catch (FileRefusedException refused)
            {
                fault = refused.Message;
            }

            setup.Tell(new TransferNews("scp", setup.Client, name, true, upload?.LengthTaken ?? 0, fault));
        }

        if (fault is null)
        {
            Agree();
            return;
        }

        setup.Send(ScpTalk.Complaint(name, fault));
    }

    private void Tell(string why) => setup.Tell(new TransferNews("scp", setup.Client, name, true, file?.LengthTaken ?? 0, why));

    private void Agree() => setup.Send(new byte[] { 0 });

    private void Finish(int end)
    {
        over = true;
        setup.End(end);
    }
}
