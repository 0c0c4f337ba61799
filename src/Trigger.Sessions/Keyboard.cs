using System.Buffers;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>Types at a device: ends lines as the platform wants them, and tells the reader what to expect back.</summary>
internal sealed class Keyboard(ILine line, PromptReader reader, string lineEnd)
{
    /// <summary>Types a line at the prompt; its echo will mark where the answer begins.</summary>
    public void Command(string text)
    {
        reader.Typed(text);
        Line(text);
    }

    /// <summary>Types a line in answer to a question.</summary>
    public void Line(string text) => Write(text + lineEnd);

    /// <summary>Types a secret. It passes through one buffer, which is wiped.</summary>
    public void Line(Secret secret)
    {
        var length = secret.Utf8.Length + lineEnd.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            secret.Utf8.CopyTo(buffer);
            Encoding.UTF8.GetBytes(lineEnd, buffer.AsSpan(secret.Utf8.Length));
            line.Write(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    public void Answer(Question question) => Write(question.SingleKey ? question.Answer : question.Answer + lineEnd);

    /// <summary>Types a key, without a line end.</summary>
    public void Press(string key) => Write(key);

    /// <summary>Makes a pager go on, and takes its question off the screen.</summary>
    public void TurnPage(string key)
    {
        reader.WipeLastLine();
        Write(key);
    }

    private void Write(string text)
    {
        Span<byte> small = stackalloc byte[512];
        var count = Encoding.UTF8.GetByteCount(text);
        var bytes = count <= small.Length ? small : new byte[count];
        line.Write(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
