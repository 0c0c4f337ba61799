namespace Trigger.Wire.Telnet;

/// <summary>
/// One side's options by the Q method (RFC 1143). We never ask first, so of its six states two are left, and an answer is due only when a request
/// would change the state: agreement cannot echo for ever. A refusal changes nothing, so refusals are counted.
/// </summary>
internal sealed class TelnetOptions(byte agree, byte refuse, params byte[] wanted)
{
    // RFC 1143 answers every request that is refused. A peer that asks in answer to our refusal would then ask without end.
    private const int MostRefusals = 3;

    private readonly HashSet<byte> on = [];
    private readonly Dictionary<byte, int> refusals = [];

    internal bool IsOn(byte option) => on.Contains(option);

    /// <summary>The word to answer with, or null when silence is right.</summary>
    internal byte? Asked(byte option, bool wanted)
    {
        if (!wanted)
            return on.Remove(option) ? refuse : null;

        if (IsWanted(option))
            return on.Add(option) ? agree : null;

        var count = refusals.GetValueOrDefault(option);
        if (count == MostRefusals)
            return null;

        refusals[option] = count + 1;
        return refuse;
    }

    private bool IsWanted(byte option) => wanted.Contains(option);
}
