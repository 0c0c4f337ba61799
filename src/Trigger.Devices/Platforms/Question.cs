using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>A question that a device asks, and what to type. The answer is sent without a line end when <paramref name="SingleKey"/>.</summary>
public sealed record Question(Regex Asked, string Answer, bool SingleKey = false);
