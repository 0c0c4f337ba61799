using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Trigger.Wire.Ssh.Native;

/// <summary>A C string outside the managed heap, where no collector copies it, wiped when done.</summary>
internal sealed unsafe class NativeSecret : IDisposable
{
    private readonly int length;
    private byte* text;

    internal NativeSecret(ReadOnlySpan<byte> bytes)
    {
        length = bytes.Length;
        text = (byte*)NativeMemory.Alloc((nuint)(length + 1));
        bytes.CopyTo(new Span<byte>(text, length));
        text[length] = 0;
    }

    ~NativeSecret() => Wipe();

    internal byte* Pointer => text;

    internal bool IsEmpty => length == 0;

    public void Dispose()
    {
        Wipe();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => "••••••";

    private void Wipe()
    {
        if (text is null)
            return;

        CryptographicOperations.ZeroMemory(new Span<byte>(text, length));
        NativeMemory.Free(text);
        text = null;
    }
}
