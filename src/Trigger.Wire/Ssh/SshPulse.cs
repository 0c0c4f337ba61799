namespace Trigger.Wire.Ssh;

/// <summary>Notices a server that has gone without a word. Beats once an interval; asks only after one in which nothing arrived.</summary>
internal sealed class SshPulse(SshKeepAlive wanted)
{
    private ulong heard;
    private int unanswered;

    /// <summary>When the next beat is due, as a timestamp of the reactor's clock.</summary>
    internal long Due { get; set; }

    /// <summary>One beat. The fault, once the patience is at its end.</summary>
    internal WireFault? Beat(SshLink link)
    {
        if (link.BytesIn != heard)
        {
            heard = link.BytesIn;
            unanswered = 0;
            return null;
        }

        if (unanswered >= wanted.Missed)
            return new WireFault.Silent(wanted.Interval, unanswered);

        unanswered++;
        link.AskForLife();
        return null;
    }
}
