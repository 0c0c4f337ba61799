namespace Trigger.Wire.Ssh;

/// <summary>
/// Asks a silent server whether it is still there, with the global request <c>keepalive@openssh.com</c>, which every server answers if only with a refusal (RFC 4254 §4). Anything that
/// arrives counts as an answer.
/// </summary>
/// <param name="Interval">How long the server may be silent before it is asked, and between questions.</param>
/// <param name="Missed">How many questions may stay unanswered; at the next interval the line ends with <see cref="WireFault.Silent"/>.</param>
public sealed record SshKeepAlive(TimeSpan Interval, int Missed = 3);
