namespace DoorAgent.Diagnostics;

/// <summary>A check cannot look, since something that another check reports is wrong.</summary>
internal sealed class CheckSkippedException(string why) : Exception(why);
