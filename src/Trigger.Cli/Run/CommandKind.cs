using Trigger.Devices.Platforms;
using Trigger.Sessions;
using Trigger.Sessions.Netconf;

namespace Trigger.Cli.Run;

/// <summary>Whether a command only reads, whatever it is written in.</summary>
internal static class CommandKind
{
    public static bool Reads(SessionLanguage language, Platform platform, string command) =>
        language == SessionLanguage.Netconf ? NetconfStep.Reads(command) : platform.MayRepeat(command);
}
