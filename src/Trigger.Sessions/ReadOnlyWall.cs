using Trigger.Devices.Platforms;
using Trigger.Sessions.Netconf;

namespace Trigger.Sessions;

/// <summary>
/// What a session may be sent that must leave its device as it is. Asked twice: by whoever makes a run, to name every mistake at once, and here before a line is dialled, because what
/// comes from elsewhere (a journal, another node, a program) was perhaps asked by nobody.
/// </summary>
public static class ReadOnlyWall
{
    /// <summary>Whether a step is known to only read on devices of this platform. What nobody has written down changes something.</summary>
    public static bool Lets(SessionLanguage language, Platform platform, Step step)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(step);
        return language == SessionLanguage.Netconf
            ? NetconfStep.ChangesNothing(step.Line)
            // What an answer does is not known from the command that asks for it; and a line end inside a line would type a second command.
            : step.Answers is not { Count: > 0 } && !step.Line.Any(char.IsControl) && platform.MayRepeat(step.Line);
    }

    /// <summary>Likewise for a line that prepares the terminal: the platform's own preparation is a part of its definition.</summary>
    public static bool LetsInit(Platform platform, string line)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return platform.OnOpen.Contains(line) || Lets(SessionLanguage.CommandLine, platform, new Step(0, line));
    }

    /// <summary>Why a conversation must not begin; null when it may.</summary>
    internal static DeviceFault.Forbidden? Why(SessionCommand.Converse request, Platform platform)
    {
        if (!request.ReadOnly)
            return null;

        var forbidden = request.Init.FirstOrDefault(line => !LetsInit(platform, line)) ?? request.Steps.FirstOrDefault(step => !Lets(request.Language, platform, step))?.Line;
        return forbidden is null ? null : new DeviceFault.Forbidden(forbidden, platform.Id);
    }
}
