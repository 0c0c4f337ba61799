namespace Trigger.Kernel.Routing;

/// <summary>Messages for a router itself.</summary>
public abstract class RouterManagementMessage;
