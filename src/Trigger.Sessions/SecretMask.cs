using System.Text;
using Trigger.Devices;

namespace Trigger.Sessions;

/// <summary>Takes secrets out of text that a person will see: a device on a bad line may echo what it should not.</summary>
internal static class SecretMask
{
    public static string Hide(string text, params ReadOnlySpan<Secret?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret is null || secret.IsEmpty || text.Length == 0)
                continue;

            var plain = new char[Encoding.UTF8.GetCharCount(secret.Utf8)];
            Encoding.UTF8.GetChars(secret.Utf8, plain);
            for (var at = text.AsSpan().IndexOf(plain); at >= 0; at = text.AsSpan().IndexOf(plain))
                text = string.Concat(text.AsSpan(0, at), "••••••", text.AsSpan(at + plain.Length));
            Array.Clear(plain);
        }

        return text;
    }
}
