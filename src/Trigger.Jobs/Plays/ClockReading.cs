namespace Trigger.Jobs.Plays;

/// <summary>A device's clock.</summary>
/// <param name="Local">As the device writes it.</param>
/// <param name="Zone">The letters of its zone, or null.</param>
/// <param name="Drift">How far it is ahead of ours; null when its zone is not UTC. Holds the time that the answer took, too.</param>
public sealed record ClockReading(DateTime Local, string? Zone, TimeSpan? Drift);
