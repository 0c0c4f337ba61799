using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class Runs_of_a_cluster_in_SQLite() : ClusterRunConformance(new SqliteRig());
