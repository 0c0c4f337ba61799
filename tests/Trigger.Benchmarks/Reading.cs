namespace Trigger.Benchmarks;

/// <summary>What a client of a fleet used up.</summary>
/// <param name="Cpu">Seconds of user and system time of the whole process, start-up included.</param>
/// <param name="RssMb">The most memory it ever held.</param>
/// <param name="Threads">The most threads seen.</param>
internal sealed record Reading(int Ok, int Failed, double Wall, double Cpu, double RssMb, int Threads);
