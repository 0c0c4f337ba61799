namespace Trigger.Tests.Wire;

/// <summary>Tests that count what belongs to the whole process: descriptors and threads.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Wire tests that must run alone";
}
