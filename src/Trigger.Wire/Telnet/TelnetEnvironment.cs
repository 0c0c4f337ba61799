using System.Buffers;
using System.Text;

namespace Trigger.Wire.Telnet;

/// <summary>NEW-ENVIRON (RFC 1572): tells the far end variables that the caller of the dial has allowed, and no others.</summary>
internal static class TelnetEnvironment
{
    private const byte Variable = 0;
    private const byte Value = 1;
    private const byte Escape = 2;
    private const byte UserVariable = 3;

    // RFC 1572 §4; every other name is a user's variable.
    private static readonly HashSet<string> WellKnown = ["USER", "JOB", "ACCT", "PRINTER", "SYSTEMTYPE", "DISPLAY"];

    /// <param name="asked">What follows SEND: nothing for all, else kinds, each with or without a name.</param>
    /// <returns>What follows NEW-ENVIRON in the answer, from IS on, without IAC doubling.</returns>
    internal static byte[] Answer(ReadOnlySpan<byte> asked, IReadOnlyDictionary<string, string> allowed)
    {
        var answer = new ArrayBufferWriter<byte>();
        answer.Write([TelnetCode.Is]);
        if (asked.IsEmpty)
        {
            Tell(answer, allowed.Where(variable => IsWellKnown(variable.Key)));
            Tell(answer, allowed.Where(variable => !IsWellKnown(variable.Key)));
            return answer.WrittenSpan.ToArray();
        }

        // At most one answer for each: a request may repeat a name a hundred times.
        var told = new HashSet<(byte Kind, string Name)>();
        while (Next(ref asked) is { } wanted)
        {
            if (told.Add(wanted))
                Tell(answer, wanted.Kind, wanted.Name, allowed);
        }

        return answer.WrittenSpan.ToArray();
    }

    private static bool IsWellKnown(string name) => WellKnown.Contains(name);

    private static void Tell(ArrayBufferWriter<byte> answer, byte kind, string name, IReadOnlyDictionary<string, string> allowed)
    {
        if (name.Length == 0)
        {
            Tell(answer, allowed.Where(variable => IsWellKnown(variable.Key) == (kind == Variable)));
            return;
        }

        answer.Write([kind]);
        Put(answer, name);
        if (!allowed.TryGetValue(name, out var value))
            return; // A name without a value: there is no such variable, as far as the far end is to know.

        answer.Write([Value]);
        Put(answer, value);
    }

    private static void Tell(ArrayBufferWriter<byte> answer, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            answer.Write([IsWellKnown(name) ? Variable : UserVariable]);
            Put(answer, name);
            answer.Write([Value]);
            Put(answer, value);
        }
    }

    private static void Put(ArrayBufferWriter<byte> answer, string text)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value <= UserVariable)
                answer.Write([Escape]);
            answer.Write([value]);
        }
    }

    private static (byte Kind, string Name)? Next(ref ReadOnlySpan<byte> asked)
    {
        while (!asked.IsEmpty && asked[0] is not (Variable or UserVariable))
            asked = asked[1..];

        if (asked.IsEmpty)
            return null;

        var kind = asked[0];
        asked = asked[1..];
        var name = new ArrayBufferWriter<byte>();
        while (!asked.IsEmpty && asked[0] is not (Variable or UserVariable or Value))
        {
            var at = asked[0] == Escape && asked.Length > 1 ? 1 : 0;
            name.Write([asked[at]]);
            asked = asked[(at + 1)..];
        }

        return (kind, Encoding.UTF8.GetString(name.WrittenSpan));
    }
}
