using Trigger.Scenarios.Rig;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Trigger.Scenarios.Rig;

/// <summary>The scenarios of a cluster take turns and are the longest way through the suite, so they begin first.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName != Crowded).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    /// <summary>The name of the collection whose tests share the servers that count their sessions.</summary>
    public const string Crowded = "The crowd";
}
