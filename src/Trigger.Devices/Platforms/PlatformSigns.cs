using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>By what a platform is told from others when nobody knows what a device is. All of it is optional; prompts tell by themselves.</summary>
public sealed record PlatformSigns
{
    /// <summary>Searched for in the SSH identification, <c>SSH-2.0-Cisco-1.25</c>. Null when it says nothing.</summary>
    public Regex? Identification { get; init; }

    /// <summary>Searched for in what is printed before and with the login's questions.</summary>
    public Regex? Login { get; init; }

    /// <summary>Searched for in the prompt, beside the modes' own patterns: for a prompt that no other platform has.</summary>
    public Regex? Prompt { get; init; }

    /// <summary>A command that only reads, and whose answer names the system. Empty when there is none.</summary>
    public string Command { get; init; } = "";

    /// <summary>Searched for in the answer to <see cref="Command"/>.</summary>
    public Regex? Answer { get; init; }

    /// <summary>A line of such an answer: the proof of the pattern, and what the Lab's devices say. Empty when there is none.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Other platforms' probes that this one would not act on: it does not know them and says so.</summary>
    public Regex? Harmless { get; init; }
}
