using System.CommandLine;
using Trigger.Devices.Platforms;

namespace Trigger.Cli.Input;

/// <summary><c>--platforms</c>: definitions of the user's own.</summary>
internal static class PlatformOption
{
    public static Option<string?> Create() => new("--platforms")
    {
        Description = "A directory of platform definitions of your own. Default: ./hocon/platforms, ~/.config/trigger/platforms, /etc/trigger/platforms, the first that exists.",
        HelpName = "DIR",
    };

    /// <exception cref="PlatformMistakesException">A file cannot be read, is not HOCON, or the directory named does not exist.</exception>
    public static PlatformCatalog Catalog(ParseResult line, Option<string?> option)
    {
        var named = line.GetValue(option);
        if (named is not null && !Directory.Exists(named))
            throw new PlatformMistakesException([$"--platforms: there is no directory '{named}'."]);
        return named is null ? Usual() : PlatformCatalog.Load(named);
    }

    /// <summary>The platforms where no option names others.</summary>
    /// <exception cref="PlatformMistakesException">As above; or the directory that the settings name does not exist.</exception>
    public static PlatformCatalog Usual()
    {
        var folder = Places.Platforms();
        return folder is not null && !Directory.Exists(folder)
            ? throw new PlatformMistakesException([$"the setting trigger.platforms: there is no directory '{folder}'."])
            : PlatformCatalog.Load(folder);
    }
}
