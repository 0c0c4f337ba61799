using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class Runs_of_a_cluster_in_PostgreSQL() : ClusterRunConformance(new PostgresRig());
