namespace DoorAgent.Diagnostics;

/// <summary>A check cannot look, since something that another check reports is wrong.</summary>
internal sealed class NotExaminedException(string why) : Exception(why);
