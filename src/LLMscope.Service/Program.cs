using LLMscope.Service;

return await LLMscopeHost.RunAsync(args);
