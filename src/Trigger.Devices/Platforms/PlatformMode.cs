using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>A mode of a command line: user, privileged, configuration, shell.</summary>
/// <param name="Name">"user", "privileged", "config", ….</param>
/// <param name="Prompt">
/// Matches the whole last line. A group named <c>host</c> captures the part that stays the same between modes, so that a line of output that merely looks
/// like a prompt of another host is not taken for ours.
/// </param>
/// <param name="Shown">How the Lab shows it: <c>%h</c> is the host name, <c>%u</c> the user. Every definition's own pattern must match it.</param>
public sealed record PlatformMode(string Name, Regex Prompt, string Shown);
