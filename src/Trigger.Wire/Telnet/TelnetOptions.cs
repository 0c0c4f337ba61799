namespace Trigger.Wire.Telnet;

/// <summary>
/// One side's options by the Q method (RFC 1143). The method alone ends every loop with a peer that keeps to it; for peers that do not, answers are counted:
/// an option is refused three times in all, and turned on and off eight times between two pieces of data, and then met with silence.
/// </summary>
/// <param name="agree">What is said to agree or to ask: DO, or WILL.</param>
/// <param name="refuse">DONT, or WONT.</param>
/// <param name="wants">Whether a request for an option is welcome; asked only when the answer matters.</param>
internal sealed class TelnetOptions(byte agree, byte refuse, Func<byte, bool> wants)
{
    internal const int MostRefusals = 3;
    internal const int MostTurns = 16;

    private readonly Dictionary<byte, Standing> options = [];
    private bool turned;

    /// <summary>Options in use, in no order.</summary>
    internal IEnumerable<byte> On => options.Where(option => option.Value.State == QMethod.State.Yes).Select(option => option.Key);

    internal bool IsOn(byte option) => options.TryGetValue(option, out var standing) && standing.State == QMethod.State.Yes;

    /// <summary>The far end asked for the option or ended it. Returns the word to answer with, or null when silence is right.</summary>
    internal byte? Heard(byte option, bool positive)
    {
        var before = options.GetValueOrDefault(option);
        var happening = !positive ? QMethod.Happening.Denied
            : before.State == QMethod.State.No && !wants(option) ? QMethod.Happening.OfferedUnwelcome
            : QMethod.Happening.OfferedWelcome;
        var (next, say) = QMethod.Take(before.State, happening);
        if (say != QMethod.Word.Nothing && happening == QMethod.Happening.OfferedUnwelcome)
            return Refuse(option, before);

        if (say != QMethod.Word.Nothing && before.Turns == MostTurns)
        {
            // It is a loop. What is over is over without a word, and nothing is begun again.
            options[option] = before with { State = QMethod.State.No };
            return null;
        }

        var spoken = say == QMethod.Word.Nothing ? 0 : 1;
        turned |= spoken > 0;
        options[option] = before with { State = next, Turns = before.Turns + spoken };
        return Of(say);
    }

    /// <summary>We want the option on or off. Returns the word to say, or null when nothing need be said now.</summary>
    internal byte? Ask(byte option, bool enable)
    {
        var before = options.GetValueOrDefault(option);
        var (next, say) = QMethod.Take(before.State, enable ? QMethod.Happening.Enable : QMethod.Happening.Disable);
        options[option] = before with { State = next };
        return Of(say);
    }

    /// <summary>Data came: whatever was negotiated before it was no loop.</summary>
    internal void DataCame()
    {
        if (!turned)
            return;

        turned = false;
        foreach (var option in options.Keys)
            options[option] = options[option] with { Turns = 0 };
    }

    private byte? Refuse(byte option, Standing before)
    {
        // RFC 1143 answers every request that is refused. A peer that asks in answer to our refusal would then ask without end.
        if (before.Refusals == MostRefusals)
            return null;

        options[option] = before with { Refusals = before.Refusals + 1 };
        return refuse;
    }

    private byte? Of(QMethod.Word word) => word switch
    {
        QMethod.Word.Agree => agree,
        QMethod.Word.Refuse => refuse,
        _ => null,
    };

    private readonly record struct Standing(QMethod.State State, int Refusals, int Turns);
}
