using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// From "logged in" to a channel that carries what was asked for (RFC 4254 §6): the channel, a terminal if wanted, and the service. One request is on its way at a time.
/// </summary>
internal sealed class SshChannelSetup(SshDial dial)
{
    private Stage stage = Stage.Channel;
    private readonly KeyValuePair<string, string>[] variables = [.. dial.Environment];
    private int variable;
    private int refusals;

    private enum Stage
    {
        Channel,
        Environment,
        Terminal,
        Service,
        Done,
    }

    /// <summary>Goes as far as what has arrived allows. True when the service is granted; false when more must arrive, unless <paramref name="refused"/> says what the server would not give.</summary>
    internal bool Step(SshLink link, out string? refused)
    {
        refused = null;
        while (stage != Stage.Done)
        {
            var result = Ask(link);
            if (result == LibSsh.Again)
                return false;

            if (result == LibSsh.Ok || (stage == Stage.Environment && !SshLink.IsClosed(link.Session)))
                stage = Next();
            else if (!HasAnotherName(link))
            {
                refused = What;
                return false;
            }
        }

        return true;
    }

    private string What => stage switch
    {
        Stage.Channel => "session channel",
        Stage.Terminal => "terminal",
        _ => dial.Service.What,
    };

    private int Ask(SshLink link) => stage switch
    {
        Stage.Channel => LibSsh.ssh_channel_open_session(link.Channel),
        Stage.Environment => LibSsh.ssh_channel_request_env(link.Channel, variables[variable].Key, variables[variable].Value),
        Stage.Terminal => LibSsh.ssh_channel_request_pty_size(link.Channel, dial.TerminalType, dial.Columns, dial.Rows),
        _ => dial.Service switch
        {
            SshService.Exec exec => LibSsh.ssh_channel_request_exec(link.Channel, exec.Command),
            SshService.Subsystem subsystem => LibSsh.ssh_channel_request_subsystem(link.Channel, subsystem.Names[refusals]),
            _ => LibSsh.ssh_channel_request_shell(link.Channel),
        },
    };

    private Stage Next() => stage switch
    {
        Stage.Channel when variables.Length > 0 => Stage.Environment,
        Stage.Environment when ++variable < variables.Length => Stage.Environment,
        Stage.Channel or Stage.Environment when dial.HasTerminal => Stage.Terminal,
        Stage.Channel or Stage.Environment or Stage.Terminal => Stage.Service,
        _ => Stage.Done,
    };

    // A subsystem may go by several names; the server's refusal of one says nothing of the next.
    private bool HasAnotherName(SshLink link)
    {
        if (stage != Stage.Service || dial.Service is not SshService.Subsystem several || refusals + 1 >= several.Names.Count || SshLink.IsClosed(link.Session))
            return false;

        refusals++;
        return true;
    }
}
