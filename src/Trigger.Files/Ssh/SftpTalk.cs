using System.Buffers.Binary;
using System.Globalization;

namespace Trigger.Files.Ssh;

/// <summary>
/// SFTP, version 3: reads, lists and, where that is allowed, writes files whole. Nothing is removed, renamed or linked. A file that is written is there once the client has closed it; what a
/// client that is gone left half written is not kept.
/// </summary>
public sealed class SftpTalk(FileTalkSetup setup) : IFileTalk
{
    /// <summary>OpenSSH's own limit of one packet.</summary>
    public const int LongestPacket = 256 * 1024;

    /// <summary>How many files and directories a client may have open.</summary>
    public const int MostHandles = 64;

    // A client that asks on and on and reads nothing is let go.
    private const int MostUnsent = 32 * 1024 * 1024;
    private const uint Version = 3;
    private const uint MostRead = 128 * 1024;
    private const int EntriesAtOnce = 64;
    private const uint Reads = 1;
    private const uint Writes = 2;
    private const uint Appends = 4;
    private const uint Creates = 8;
    private const uint Truncates = 16;
    private const uint MustBeNew = 32;

    private readonly ByteQueue came = new();
    private readonly Dictionary<string, SftpHandle> handles = new(StringComparer.Ordinal);
    private int lastHandle;
    private int unsent;
    private bool over;
    private bool greeted;

    public void Begin()
    {
    }

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (over)
            return;

        came.Add(bytes);
        while (!over && came.Bytes.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(came.Bytes);
            if (length is 0 or > LongestPacket)
            {
                Finish(1);
                return;
            }

            if (came.Bytes.Length - 4 < length)
                return;

            Take(came.Bytes.Slice(4, (int)length));
            came.Drop(4 + (int)length);
        }
    }

    public void Drained() => unsent = 0;

    public void Dispose()
    {
        over = true;
        foreach (var handle in handles.Values)
        {
            handle.Dispose();
            if (handle.Entries is null)
                Tell(handle, "the client is gone");
        }

        handles.Clear();
    }

    private void Take(ReadOnlySpan<byte> packet)
    {
        var reader = new SftpReader(packet);
        var kind = (SftpKind)reader.Byte();
        var id = reader.Number(); // Of Init, the client's version.
        if (!greeted)
        {
            greeted = kind == SftpKind.Init && !reader.IsBroken;
            if (greeted)
                Send(new SftpWriter(SftpKind.Version).Number(Version));
            else
                Finish(1);
            return;
        }

        try
        {
            Do(kind, id, ref reader);
        }
        catch (FileRefusedException refused)
        {
            Say(id, refused.Fault switch { FileFault.NotFound => SftpStatus.NoSuchFile, FileFault.Denied => SftpStatus.PermissionDenied, _ => SftpStatus.Failure }, refused.Message);
        }
        catch (IOException)
        {
            Say(id, SftpStatus.Failure, "the server's disk refused it");
        }
    }

    private void Do(SftpKind kind, uint id, ref SftpReader reader)
    {
        switch (kind)
        {
            case SftpKind.Open:
                Open(id, ref reader);
                break;
            case SftpKind.Close:
                Close(id, reader.Text());
                break;
            case SftpKind.Read:
                Read(id, ref reader);
                break;
            case SftpKind.Write:
                Write(id, ref reader);
                break;
            case SftpKind.Stat or SftpKind.LStat when Named(id, ref reader, out var name):
                Send(new SftpWriter(SftpKind.Attributes).Number(id).Attributes(setup.Root.Look(name)));
                break;
            case SftpKind.FStat when Handle(id, ref reader, out var handle):
                var length = handle.Source?.Length ?? handle.Target?.Length ?? 0;
                Send(new SftpWriter(SftpKind.Attributes).Number(id).Attributes(new FileEntry("", handle.Entries is not null, length, DateTimeOffset.UnixEpoch)));
                break;
            case SftpKind.SetStat or SftpKind.FSetStat:
                // Modes and times are the server's own; scp would call it a failure if it were told so.
                Say(id, setup.Root.IsWritable ? SftpStatus.Ok : SftpStatus.PermissionDenied, "");
                break;
            case SftpKind.OpenDir when Named(id, ref reader, out var name):
                Opened(id, new SftpHandle(name) { Entries = setup.Root.List(name) });
                break;
            case SftpKind.ReadDir when Handle(id, ref reader, out var handle):
                ReadDir(id, handle);
                break;
            case SftpKind.RealPath when Named(id, ref reader, out var name):
                Send(new SftpWriter(SftpKind.Name).Number(id).Number(1).Entry(new FileEntry(FileRoot.Plain(name), true, 0, DateTimeOffset.UnixEpoch)));
                break;
            case SftpKind.Stat or SftpKind.LStat or SftpKind.FStat or SftpKind.OpenDir or SftpKind.ReadDir or SftpKind.RealPath:
                break; // Answered already.
            default:
                Say(id, SftpStatus.Unsupported, "this server does not do that");
                break;
        }
    }

    private void Open(uint id, ref SftpReader reader)
    {
        var (name, flags) = (reader.Text(), reader.Number());
        if (reader.IsBroken)
            Say(id, SftpStatus.BadMessage, "a request is cut short");
        else if ((flags & (Reads | Writes | Appends)) == Reads)
            Opened(id, new SftpHandle(name) { Source = setup.Root.OpenRead(name) });
        else if ((flags & (Reads | Appends)) != 0 || (flags & (Creates | Truncates)) == 0)
            Say(id, setup.Root.IsWritable ? SftpStatus.Unsupported : SftpStatus.PermissionDenied, "files are written whole, or not at all");
        else
            Opened(id, new SftpHandle(name) { Target = setup.Root.Create(name, (flags & MustBeNew) == 0) });
    }

    private void Opened(uint id, SftpHandle handle)
    {
        if (handles.Count >= MostHandles)
        {
            handle.Dispose();
            Say(id, SftpStatus.Failure, $"no more than {MostHandles} files may be open");
            return;
        }

        var key = (++lastHandle).ToString(CultureInfo.InvariantCulture);
        handles.Add(key, handle);
        Send(new SftpWriter(SftpKind.Handle).Number(id).Text(key));
    }

    private void Close(uint id, string key)
    {
        if (!handles.Remove(key, out var handle))
        {
            Say(id, SftpStatus.Failure, "no such handle");
            return;
        }

        using (handle)
        {
            try
            {
                // scp opens without emptying the file first, and then writes all of it; whoever writes a part of it would lose the rest.
                if (handle.Fault is { } fault)
                    throw new FileRefusedException(FileFault.Failed, fault);
                if (handle.Target is { } target && target.LengthTaken < target.Length)
                    throw new FileRefusedException(FileFault.Failed, "it was not written whole");
                handle.Target?.Commit();
                Say(id, SftpStatus.Ok, "");
                if (handle.Entries is null)
                    Tell(handle, null);
            }
            catch (FileRefusedException refused)
            {
                Tell(handle, refused.Message);
                throw;
            }
        }
    }

    private void Read(uint id, ref SftpReader reader)
    {
        if (!Handle(id, ref reader, out var handle))
            return;

        var (at, length) = (reader.Long(), Math.Min(reader.Number(), MostRead));
        if (reader.IsBroken || handle.Source is not { } file || at > long.MaxValue)
        {
            Say(id, SftpStatus.BadMessage, "it was not opened for reading");
            return;
        }

        var part = new byte[length];
        file.Position = (long)at;
        var read = file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
        handle.Given += read;
        if (read == 0)
            Say(id, SftpStatus.EndOfFile, "");
        else
            Send(new SftpWriter(SftpKind.Data).Number(id).Bytes(part.AsSpan(0, read)));
    }

    private void Write(uint id, ref SftpReader reader)
    {
        if (!Handle(id, ref reader, out var handle))
            return;

        var at = reader.Long();
        var bytes = reader.Bytes();
        if (reader.IsBroken || handle.Target is not { } file || at > long.MaxValue)
        {
            Say(id, SftpStatus.BadMessage, "it was not opened for writing");
            return;
        }

        try
        {
            file.WriteAt((long)at, bytes);
            Say(id, SftpStatus.Ok, "");
        }
        catch (FileRefusedException refused)
        {
            // A file with a hole in it must not be kept, whatever the client makes of it.
            handle.Fault = refused.Message;
            throw;
        }
    }

    private void ReadDir(uint id, SftpHandle handle)
    {
        var part = handle.Entries?.Skip(handle.Told).Take(EntriesAtOnce).ToList() ?? [];
        if (part.Count == 0)
        {
            Say(id, SftpStatus.EndOfFile, "");
            return;
        }

        handle.Told += part.Count;
        var answer = new SftpWriter(SftpKind.Name).Number(id).Number((uint)part.Count);
        part.ForEach(entry => answer.Entry(entry));
        Send(answer);
    }

    private bool Named(uint id, ref SftpReader reader, out string name)
    {
        name = reader.Text();
        if (!reader.IsBroken)
            return true;
        Say(id, SftpStatus.BadMessage, "a request is cut short");
        return false;
    }

    private bool Handle(uint id, ref SftpReader reader, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SftpHandle? handle)
    {
        if (handles.TryGetValue(reader.Text(), out handle))
            return true;
        Say(id, SftpStatus.Failure, "no such handle");
        return false;
    }

    private void Say(uint id, SftpStatus status, string why) => Send(new SftpWriter(SftpKind.Status).Number(id).Number((uint)status).Text(why).Text(""));

    private void Send(SftpWriter answer)
    {
        var whole = answer.Whole();
        unsent += whole.Length;
        if (unsent > MostUnsent)
            Finish(1);
        else
            setup.Send(whole);
    }

    private void Finish(int status)
    {
        over = true;
        setup.End(status);
    }

    private void Tell(SftpHandle handle, string? fault) =>
        setup.Tell(new TransferNews("sftp", setup.Client, handle.Name, handle.Target is not null, handle.Source is null ? handle.Target!.LengthTaken : handle.Given, fault));
}
