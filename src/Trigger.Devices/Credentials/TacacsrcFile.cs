namespace Trigger.Devices.Credentials;

/// <summary>
/// Reads Trigger's <c>.tacacsrc</c>: lines <c>REALM_uname_ = …</c> and <c>REALM_pwd_ = …</c>, encrypted, or in clear when they come out of GPG. The default realm is for every device, any
/// other for the device of that name, as Trigger used them; their order is kept, the default realm's last.
/// </summary>
public static class TacacsrcFile
{
    private const string Separator = " = ";

    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="decrypt">Makes clear text of a value; null when the values are clear.</param>
    /// <param name="defaultRealm">Trigger's DEFAULT_REALM.</param>
    public static (IReadOnlyList<StoredCredential> Entries, IReadOnlyList<string> Mistakes) Read(string text, string file, Func<string, char[]>? decrypt, string defaultRealm)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mistakes = new List<string>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var passwords = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var order = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim() is not { Length: > 0 } said || said[0] == '#' || Pair(said) is not { } pair)
                continue;

            var place = $"{file}:{number}";
            if (pair.Key == "version")
            {
                if (pair.Value != "2.0")
                    mistakes.Add($"{place}: version {pair.Value} is not known; Trigger wrote 2.0.");
            }
            else if (Realm(pair.Key) is not var (realm, kind))
                mistakes.Add($"{place}: expected REALM_uname_ = … or REALM_pwd_ = ….");
            else if (Clear(pair.Value, decrypt, place, mistakes) is { } clear)
            {
                // The cipher knows no wrong key: whatever comes out counts, and nobody's name is made of control characters.
                if (decrypt is not null && kind == "uname" && Array.Exists(clear, letter => letter is < ' ' or > '~'))
                    mistakes.Add($"{place}: the user name of {realm} does not come out with this key. Is the key file the file's own, and --login the login name of its owner?");
                else
                    Keep(realm, kind, clear);
            }

            void Keep(string realm, string kind, char[] clear)
            {
                var known = kind == "uname" ? !names.TryAdd(realm, new string(clear)) : !passwords.TryAdd(realm, new Secret(clear));
                Array.Clear(clear);
                if (known)
                    mistakes.Add($"{place}: the realm {realm} has a second {kind}.");
                if (!order.Contains(realm))
                    order.Add(realm);
            }
        }

        var entries = new List<StoredCredential>();
        foreach (var realm in order.OrderBy(realm => realm == defaultRealm))
        {
            if (names.TryGetValue(realm, out var name) && passwords.TryGetValue(realm, out var password))
                entries.Add(new StoredCredential(realm, realm == defaultRealm ? "all" : realm, name, password, null));
            else
                mistakes.Add($"{file}: the realm {realm} has no {(names.ContainsKey(realm) ? "password" : "user name")}.");
        }

        return (entries, mistakes);
    }

    /// <summary>Decrypts with the key file that Trigger used.</summary>
    /// <param name="keyText">The key file's first line.</param>
    /// <param name="login">The login name of the owner of the .tacacsrc.</param>
    public static Func<string, char[]> ByKeyFile(string keyText, string login) => TacacsrcCipher.FromKeyFile(keyText, login).Decrypt;

    /// <summary>Decrypts with TACACSRC_PASSPHRASE.</summary>
    public static Func<string, char[]> ByPassphrase(Secret passphrase) => TacacsrcCipher.FromPassphrase(passphrase.Utf8).Decrypt;

    // A value that is empty says nothing, as in Trigger.
    private static (string Key, string Value)? Pair(string line)
    {
        var at = line.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? (line.EndsWith(" =", StringComparison.Ordinal) ? null : (line, "")) : (line[..at].Trim(), line[(at + Separator.Length)..].Trim());
    }

    private static (string Realm, string Kind)? Realm(string key)
    {
        foreach (var kind in new[] { "uname", "pwd" })
        {
            var ending = $"_{kind}_";
            if (key.EndsWith(ending, StringComparison.Ordinal) && key.Length > ending.Length)
                return (key[..^ending.Length], kind);
        }

        return null;
    }

    private static char[]? Clear(string value, Func<string, char[]>? decrypt, string place, List<string> mistakes)
    {
        try
        {
            return decrypt is null ? value.ToCharArray() : decrypt(value);
        }
        catch (FormatException broken)
        {
            mistakes.Add($"{place}: the value cannot be decrypted. {broken.Message}");
            return null;
        }
    }
}
