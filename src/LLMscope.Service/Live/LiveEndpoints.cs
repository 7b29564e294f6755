namespace LLMscope.Service.Live;

internal static class LiveEndpoints
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.MaximumParallelInvocationsPerClient = 4; // A page follows a chart, the board and the violations at once.
            options.StreamBufferCapacity = 4;
        }).AddJsonProtocol(options => Json.Configure(options.PayloadSerializerOptions));
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<LiveHub>("/hubs/live");
}
