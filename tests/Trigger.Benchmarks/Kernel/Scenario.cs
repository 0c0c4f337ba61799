using Trigger.Kernel.Actor;

namespace Trigger.Benchmarks.Kernel;

/// <summary>One thing to measure: it does so many operations in a system and says how long they took.</summary>
/// <param name="Akka">Akka.NET 1.5.30's own rate on this kind of machine (two virtual CPUs of an AMD EPYC, .NET 10): the median of six launches where it has one, else of five repetitions.</param>
internal sealed record Scenario(string Name, double Akka, Func<ActorSystem, Task<(long Operations, TimeSpan Time)>> Run);
