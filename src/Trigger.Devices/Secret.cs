using System.Security.Cryptography;
using System.Text;

namespace Trigger.Devices;

/// <summary>
/// A password or passphrase. Prints as dots wherever it goes, compares in constant time, and is wiped by <see cref="Dispose"/>.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] utf8;

    public Secret(ReadOnlySpan<char> text)
    {
        utf8 = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, utf8);
    }

    public bool IsEmpty => utf8.Length == 0;

    /// <summary>The bytes themselves, to write to a device. Never copy them into a string.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    public bool SameAs(Secret other) => CryptographicOperations.FixedTimeEquals(utf8, other.utf8);

    public void Dispose() => CryptographicOperations.ZeroMemory(utf8);

    public override string ToString() => "••••••";
}
