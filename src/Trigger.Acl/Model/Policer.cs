namespace Trigger.Acl.Model;

/// <summary>A rate limit that terms may name (Junos).</summary>
/// <param name="Bandwidth">Bits a second, or null.</param>
/// <param name="BandwidthPercent">Of the interface's speed, or null.</param>
/// <param name="Burst">Bytes, or null.</param>
/// <param name="Then">What happens to the excess: <c>discard</c>, <c>loss-priority high</c>, …</param>
public sealed record Policer(string Name, long? Bandwidth, int? BandwidthPercent, long? Burst, IReadOnlyList<string> Then, Position At, IReadOnlyList<string> Others);
