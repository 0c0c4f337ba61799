namespace Trigger.Cli.Terminal;

/// <summary>
/// The key by which a person leaves: one byte such as ^X anywhere, or a character such as ~ at the beginning of a line with a dot after it, as ssh has it. Knows
/// where in a line the typist is, so one belongs to one session.
/// </summary>
internal sealed class EscapeKey
{
    private readonly byte key;
    private readonly bool atLineStart;
    private readonly bool isNone;
    private bool fresh = true;
    private bool pending;

    private EscapeKey(byte key, bool atLineStart, bool isNone, string name)
    {
        this.key = key;
        this.atLineStart = atLineStart;
        this.isNone = isNone;
        Name = name;
    }

    /// <summary>As it is written on the command line.</summary>
    public string Name { get; }

    /// <summary>The byte itself.</summary>
    public byte Key => key;

    /// <summary>Reads <c>^X</c>, <c>~.</c>, a single character, or <c>none</c>; null when it is none of these.</summary>
    public static EscapeKey? Parse(string text) => text switch
    {
        "none" => new EscapeKey(0, false, isNone: true, text),
        ['^', >= '@' and <= '_' or >= 'a' and <= 'z'] => new EscapeKey((byte)(text[1] & 0x1F), false, false, text.ToUpperInvariant()),
        ['^', '?'] => new EscapeKey(0x7F, false, false, text),
        [> ' ' and < (char)0x7F, '.'] => new EscapeKey((byte)text[0], atLineStart: true, false, text),
        [> (char)0 and < (char)0x80] => new EscapeKey((byte)text[0], false, false, text),
        _ => null,
    };

    /// <summary>Looks through what was typed.</summary>
    /// <param name="pass">What goes to the device.</param>
    /// <param name="rest">What was typed after the key.</param>
    /// <returns>Whether the key is there.</returns>
    public bool Find(ReadOnlySpan<byte> typed, out byte[] pass, out byte[] rest)
    {
        (pass, rest) = (typed.ToArray(), []);
        if (isNone)
            return false;

        if (atLineStart)
            return FindAtLineStart(typed, out pass, out rest);

        var at = typed.IndexOf(key);
        if (at < 0)
            return false;

        (pass, rest) = (typed[..at].ToArray(), typed[(at + 1)..].ToArray());
        return true;
    }

    private bool FindAtLineStart(ReadOnlySpan<byte> typed, out byte[] pass, out byte[] rest)
    {
        var passed = new List<byte>(typed.Length + 1);
        for (var at = 0; at < typed.Length; at++)
        {
            var value = typed[at];
            if (pending)
            {
                pending = false;
                if (value == '.')
                {
                    (pass, rest) = ([.. passed], typed[(at + 1)..].ToArray());
                    return true;
                }

                // Twice means once; anything else was meant as it was typed.
                passed.Add(key);
                fresh = false;
                if (value == key)
                    continue;
            }

            if (fresh && value == key)
            {
                pending = true;
                continue;
            }

            passed.Add(value);
            fresh = value is (byte)'\r' or (byte)'\n';
        }

        (pass, rest) = ([.. passed], []);
        return false;
    }
}
