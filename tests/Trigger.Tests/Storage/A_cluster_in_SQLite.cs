using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_cluster_in_SQLite() : ClusterStoreConformance(new SqliteRig());
