namespace Trigger.Kernel.Routing;

/// <summary>Time for a pool to ask its resizer.</summary>
public class Resize : RouterManagementMessage;
