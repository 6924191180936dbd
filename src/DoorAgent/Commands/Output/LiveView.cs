using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Output;

/// <summary>Runs a view that changes in place.</summary>
internal static class LiveView
{
    /// <summary>Shows the first content at once, unlike Spectre's live view, and then runs the work.</summary>
    /// <param name="first">The content until the work changes it.</param>
    /// <param name="isCleared">Whether the view is removed from the screen afterwards.</param>
    /// <param name="work">Updates the content. A terminal that is too small shows the top, where the important lines are.</param>
    public static Task RunAsync(IRenderable first, bool isCleared, Func<LiveDisplayContext, Task> work) =>
        AnsiConsole.Live(first).AutoClear(isCleared).Cropping(VerticalOverflowCropping.Bottom).StartAsync(context =>
        {
            context.Refresh();
            return work(context);
        });
}
