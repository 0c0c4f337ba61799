using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>How to raise the privilege.</summary>
/// <param name="Send">For example <c>enable</c>.</param>
/// <param name="UserName">The device asks for a name first (some do), or null.</param>
/// <param name="Password">The device asks for the enable password. Not every device does.</param>
/// <param name="Refused">A line that says no.</param>
public sealed record EnableDialogue(string Send, Regex? UserName, Regex Password, Regex Refused);
