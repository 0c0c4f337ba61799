using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class Credentials_of_a_cluster_in_SQLite() : CredentialConformance(new SqliteRig());
