using System.Text.Json;

namespace Trigger.Devices.Credentials;

/// <summary>How a store was encrypted.</summary>
/// <param name="Key">passphrase or machine.</param>
/// <param name="Iterations">Of PBKDF2; 0 for a machine's key, which needs none.</param>
internal sealed record StoreHeader(string Key, int Iterations, byte[] Salt)
{
    public string Write() => $$"""{"key":"{{Key}}","iterations":{{Iterations}},"salt":"{{Convert.ToBase64String(Salt)}}"}""";

    /// <summary>Null when the text is no header.</summary>
    public static StoreHeader? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var header = new StoreHeader(root.GetProperty("key").GetString() ?? "", root.GetProperty("iterations").GetInt32(), root.GetProperty("salt").GetBytesFromBase64());
            var sound = header.Key == "machine" || (header.Key == "passphrase" && header.Iterations > 0);
            return sound && header.Salt.Length >= 8 ? header : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
