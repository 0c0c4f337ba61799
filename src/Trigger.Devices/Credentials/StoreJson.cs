using System.Buffers;
using System.Text.Json;

namespace Trigger.Devices.Credentials;

/// <summary>The entries of a store in clear. Secrets go between bytes and bytes: a string of one would stay in memory for as long as the collector likes.</summary>
internal static class StoreJson
{
    public static byte[] Write(IReadOnlyList<StoredCredential> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("realm", entry.Realm);
                json.WriteString("on", entry.On);
                json.WriteString("user", entry.UserName);
                json.WriteString("password", entry.Password.Utf8);
                if (entry.EnablePassword is { } enable)
                    json.WriteString("enable", enable.Utf8);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        var written = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return written;
    }

    /// <exception cref="JsonException">It is not what <see cref="Write"/> writes.</exception>
    public static IReadOnlyList<StoredCredential> Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text);
        var entries = new List<StoredCredential>();
        Expect(ref json, JsonTokenType.StartArray);
        while (Next(ref json) == JsonTokenType.StartObject)
            entries.Add(Entry(ref json));
        return entries;
    }

    private static StoredCredential Entry(ref Utf8JsonReader json)
    {
        string? realm = null, on = null, user = null;
        Secret? password = null, enable = null;
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            Expect(ref json, JsonTokenType.String);
            switch (name)
            {
                case "realm":
                    realm = json.GetString();
                    break;
                case "on":
                    on = json.GetString();
                    break;
                case "user":
                    user = json.GetString();
                    break;
                case "password":
                    password = SecretAt(ref json);
                    break;
                case "enable":
                    enable = SecretAt(ref json);
                    break;
            }
        }

        return realm is not null && on is not null && user is not null && password is not null
            ? new StoredCredential(realm, on, user, password, enable)
            : throw new JsonException("An entry lacks something.");
    }

    private static Secret SecretAt(ref Utf8JsonReader json)
    {
        Span<char> text = new char[json.ValueSpan.Length];
        var length = json.CopyString(text);
        var secret = new Secret(text[..length]);
        text.Clear();
        return secret;
    }

    private static JsonTokenType Next(ref Utf8JsonReader json) => json.Read() ? json.TokenType : throw new JsonException("It ends too early.");

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (Next(ref json) != type)
            throw new JsonException($"Expected {type}.");
    }
}
