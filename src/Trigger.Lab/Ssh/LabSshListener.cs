using System.Net;

namespace Trigger.Lab.Ssh;

/// <summary>A host with its listening descriptor.</summary>
internal sealed record LabSshListener(LabSshHost Host, int Fd, IPEndPoint EndPoint);
