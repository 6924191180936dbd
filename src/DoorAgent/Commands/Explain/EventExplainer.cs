using System.CommandLine;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

internal static class EventExplainer
{
    public static int Run(ParseResult result, Places places, long sequence, ExplainedPictureFile file, bool isJson) => 2;
}
