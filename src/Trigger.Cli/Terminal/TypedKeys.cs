namespace Trigger.Cli.Terminal;

/// <summary>Keys that can be put back: what was typed behind the escape key belongs to whom it opens, even when one read brought both.</summary>
internal sealed class TypedKeys(Stream keys)
{
    private byte[] back = [];

    /// <summary>What is read next.</summary>
    public void PutBack(byte[] typed) => back = [.. typed, .. back];

    /// <returns>How many bytes came; 0 at the end of the input.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        if (back.Length == 0)
            return await keys.ReadAsync(buffer, cancel).ConfigureAwait(false);

        var count = Math.Min(back.Length, buffer.Length);
        back.AsSpan(0, count).CopyTo(buffer.Span);
        back = back[count..];
        return count;
    }
}
