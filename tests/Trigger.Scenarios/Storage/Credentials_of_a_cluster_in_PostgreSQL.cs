using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class Credentials_of_a_cluster_in_PostgreSQL() : CredentialConformance(new PostgresRig());
