namespace Trigger.Files.Tftp;

/// <summary>
/// One file, one way, block by block: each is sent until it is acknowledged, six times at the most. What was acknowledged before is never answered again with data, so that a
/// datagram that came twice does not double all that follow.
/// </summary>
internal sealed class TftpTransfer(TftpPacket.Request request, FileRoot root, TftpLine line)
{
    private const int Tries = 6;

    private TftpTerms terms = new(TftpTerms.UsualBlock, TftpTerms.UsualTimeout, []);
    private long bytes;

    /// <summary>How many bytes of the file went over, and why not all did.</summary>
    public async Task<(long Bytes, string? Fault)> Run()
    {
        try
        {
            if (request.Mode is not ("octet" or "netascii"))
                return await Refuse(TftpError.IllegalOperation, $"mode {Quoted(request.Mode)} is not served");
            return request.Writes ? await Take() : await Give();
        }
        catch (FileRefusedException refused)
        {
            var code = refused.Fault switch
            {
                FileFault.NotFound => TftpError.NotFound,
                FileFault.Denied => TftpError.AccessViolation,
                FileFault.Exists => TftpError.Exists,
                FileFault.TooLarge => TftpError.DiskFull,
                _ => TftpError.Undefined,
            };
            return await Refuse(code, refused.Message);
        }
    }

    private bool IsText => request.Mode == "netascii";

    private async Task<(long Bytes, string? Fault)> Give()
    {
        await using var file = root.OpenRead(request.Name);
        terms = TftpTerms.Of(request, IsText ? null : file.Length);
        if (terms.Agreed.Count > 0 && await Exchange(TftpPacket.WriteOptions(terms.Agreed), 0) is { } fault)
            return (bytes, fault);

        var source = new TftpSource(file, IsText, terms.BlockSize);
        for (ushort block = 1; ; block++)
        {
            var part = await source.Next();
            if (await Exchange(TftpPacket.WriteData(block, part.Span), block) is { } failed)
                return (bytes, failed);

            bytes += part.Length;
            if (part.Length < terms.BlockSize)
                return (bytes, null);
        }
    }

    // Sends until the block is acknowledged; why it was not, or null.
    private async Task<string?> Exchange(byte[] packet, ushort block)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await line.Send(packet);
            var until = line.In(terms.Timeout);
            while (await line.Receive(until) is { } answer)
            {
                if (answer is TftpPacket.Acknowledgement done && done.Block == block)
                    return null;
                if (answer is TftpPacket.Error error)
                    return $"the client gave up: {error.Code} {error.Message}".TrimEnd();
            }
        }

        return "the client has fallen silent";
    }

    private async Task<(long Bytes, string? Fault)> Take()
    {
        using var upload = root.Create(request.Name, replace: false);
        terms = TftpTerms.Of(request, null);
        if (request.Options.FirstOrDefault(option => option.Name == "tsize").Value is { } told && long.TryParse(told, out var size) && size > root.Largest)
            throw new FileRefusedException(FileFault.TooLarge, $"it has more than {root.Largest} bytes");

        var text = IsText ? new NetAscii() : null;
        var answer = terms.Agreed.Count > 0 ? TftpPacket.WriteOptions(terms.Agreed) : TftpPacket.WriteAcknowledgement(0);
        for (ushort block = 1; ; block++)
        {
            var (part, fault) = await Ask(answer, block);
            if (part is null)
                return (bytes, fault);

            upload.Write(text is null ? part.Bytes.Span : text.Decode(part.Bytes.Span));
            bytes = upload.Length;
            answer = TftpPacket.WriteAcknowledgement(block);
            if (part.Bytes.Length >= terms.BlockSize)
                continue;

            upload.Write(text?.End() ?? []);
            bytes = upload.Length;
            upload.Commit(); // Before the client hears that all is well.
            await Linger(answer, block);
            return (bytes, null);
        }
    }

    private async Task<(TftpPacket.Data? Part, string? Fault)> Ask(byte[] answer, ushort block)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await line.Send(answer);
            var until = line.In(terms.Timeout);
            while (await line.Receive(until) is { } came)
            {
                switch (came)
                {
                    case TftpPacket.Data part when part.Block == block && part.Bytes.Length <= terms.BlockSize:
                        return (part, null);
                    case TftpPacket.Data part when part.Block == (ushort)(block - 1) && block > 1:
                        // Our acknowledgement was lost.
                        await line.Send(answer);
                        break;
                    case TftpPacket.Error error:
                        return (null, $"the client gave up: {error.Code} {error.Message}".TrimEnd());
                }
            }
        }

        return (null, "the client has fallen silent");
    }

    // The last acknowledgement may be lost, and nobody would ask for it again if nobody listened.
    private async Task Linger(byte[] answer, ushort block)
    {
        await line.Send(answer);
        try
        {
            for (var until = line.In(terms.Timeout); await line.Receive(until) is { } came;)
            {
                if (came is TftpPacket.Data part && part.Block == block)
                    await line.Send(answer);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The client has closed its port, as who has heard may.
        }
    }

    private async Task<(long Bytes, string? Fault)> Refuse(TftpError code, string why)
    {
        await line.Send(TftpPacket.WriteError(code, why));
        return (bytes, why);
    }

    private static string Quoted(string text) => new([.. text.Take(20).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?')]);
}
